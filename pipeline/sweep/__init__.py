"""A multirun: jobs in folders of their own, a list of them, and going on after a kill.

Jobs may run in other processes, so what one has to tell the others lies in files: the plan, made
once before the first job, and a line that each job leaves when it has ended.
"""
