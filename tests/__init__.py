"""The tests mirror the package; journeys, browser and house tests stand beside them."""
