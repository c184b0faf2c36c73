"""How much of a worker's time goes into parsing, rules and storing."""
