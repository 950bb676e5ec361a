"""Files that people give: what a file is, and its picture or pictures, decoded in a process that can be ended."""
