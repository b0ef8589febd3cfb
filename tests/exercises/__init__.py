"""The answers that learners give, one file per lesson, and the verdict that each must get."""
