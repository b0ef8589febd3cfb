"""Fast arithmetic for `convolve` and `pool`; each module is named after its method.

`dispatch` chooses among `shift_add`, `toeplitz` and `im2row`; `window_reduce` pools; `tuning` holds
the sizes that were measured, `threads` the second thread.
"""
