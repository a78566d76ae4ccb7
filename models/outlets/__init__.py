"""Outlets: what the reports of one outlet say together about its wording. No score of worth, no place left or right."""
