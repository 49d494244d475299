"""The target planner: which planned purchases, with which instruments, reach the targets with least effort and risk."""
