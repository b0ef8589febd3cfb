"""The quick arithmetic below `convolve` and `pool`, each module named by its method."""
