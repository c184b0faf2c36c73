"""What an article leaves out, seen from what other articles of its event carry."""
