"""The demo corpus: two invented events, six articles, and what two annotators made of them."""
