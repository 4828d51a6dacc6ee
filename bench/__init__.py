"""Measurements that anybody can repeat: `python -m bench`; ratios are taken within one run."""
