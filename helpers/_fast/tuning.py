"""Sizes at which each method is fastest, measured on two cores with benchmarks/operations.py.

They affect results only by rounding. Tests set them to extremes to reach every path with small arrays.
"""

SHIFT_ADD_BAND = 32_768  # output numbers per band of rows: they and their products stay in cache

TOEPLITZ_ROWS = 8  # output rows per matrix product: more rows mean more zeros in the matrix
TOEPLITZ_GROUP = 131_072  # output numbers per call of matmul: operands and result stay in cache
TOEPLITZ_MIN_SAVING = 130_000.0  # multiplications saved, below which the set-up costs more
TOEPLITZ_MIN_WIDTH = 16  # numbers in an output row, below which a matrix product is slow
TOEPLITZ_MAX_ROW = 12.0  # matrix columns per weight, above which there are too many zeros
TOEPLITZ_SHARED = 1_000_000.0  # output numbers that are worth a second thread

IM2ROW_BAND = 200_000  # input numbers laid out at a time: they stay in cache
IM2ROW_SHARED = 100_000_000.0  # multiplications that are worth a second thread

REDUCE_BAND = 65_536  # input numbers per band of rows: they and their intermediates stay in cache
