"""Decoding a picture file: what its header asks for, its depth of bits and its colors."""
