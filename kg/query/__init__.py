"""Questions to a graph in SPARQL 1.1: named ones that journalists ask, your own, and an endpoint for other tools."""

from kg.query.answers import Answer, answer, frame, store_of
from kg.query.questions import Question, question, questions

__all__ = ["Answer", "Question", "answer", "frame", "question", "questions", "store_of"]
