"""Gamma: agreement on place and label of units at once, with chance measured by sampling.

Mathet, Widlöcher and Métivier (2015), The unified and holistic method gamma for inter-annotator
agreement measure and alignment, Computational Linguistics 41(3).
"""
