"""Prose: articles to statements, and statements to claims, each with the place in the text it was read at.

This room reads words and does no arithmetic with them. What it is not sure of it says, and what it could not read it
lists.
"""
