"""Drafting an impact report: what is counted, the sections it has, and a first text for people to go on from."""

from referrals.publishing.drafting.draft import Draft, draft
from referrals.publishing.drafting.sections import LONGEST, Section, has_prompt, section_of, sections_of, unfinished

__all__ = ["LONGEST", "Draft", "Section", "draft", "has_prompt", "section_of", "sections_of", "unfinished"]
