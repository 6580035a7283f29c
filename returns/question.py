"""Owns the question that every agency of every partnership is asked."""

STANDARD_QUESTION = (
    "What have you done with the feedback from children, young people and their families "
    "who have received safeguarding interventions from your agency?"
)
