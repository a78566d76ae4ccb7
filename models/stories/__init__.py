"""Stories: which reports tell the same event?

`profiles` draws what tells a report's event from others, `pairs` decides whether two reports tell one, `linkage` which
story a report joins. Which reports are worth a look is a matter of the store's index (`workers.tasks.grouping`).
"""
