"""Paper out: a neutral model of a paper, made from a template of content, written as DOCX, PDF or HTML."""
