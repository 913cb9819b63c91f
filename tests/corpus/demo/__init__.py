"""The art and the sounds of the demo workspace, drawn by program."""
