"""Import of published notices: receive, plan, apply."""
