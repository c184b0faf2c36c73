"""The doors of labeling for the workbench and for scripts."""
