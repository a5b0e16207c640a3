// Makes the precompiled header that all test programs use.
