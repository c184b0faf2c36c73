"""What turns sentences into vectors whose cosine says how alike they mean; an optional extra."""

from framing.encoders.minilm import EncoderUnavailable, MiniLM

__all__ = ["EncoderUnavailable", "MiniLM"]
