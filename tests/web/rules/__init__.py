"""Tests of the Wetswijzer pages."""
