"""The demonstration: real places, invented people, and referrals in every state. It never enters production."""

from referrals.cli.demo.loading import NotInProduction, load_demo
from referrals.cli.demo.world import DemoPerson, demo_people

__all__ = ["DemoPerson", "NotInProduction", "demo_people", "load_demo"]
