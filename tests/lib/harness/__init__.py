"""What the Python tests of cli/, corpus/ and service/ share: how to run prpack, and how to make and compare directories."""
