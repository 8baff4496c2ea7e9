mark=$1
sweep
