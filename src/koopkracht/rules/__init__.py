"""Dated law: parameters, small rule classes, and an evaluation that gives its reasons."""
