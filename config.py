"""The settings of this installation, handed on from the package (see eventhub/config.py)."""

from eventhub.config import BadSetting, Settings, from_environment

__all__ = ["BadSetting", "Settings", "from_environment"]
