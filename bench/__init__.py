"""Speed and cost of the pages, beside a bare Django page in the same run: ``make bench``.

A machine is never the same twice, so the ratios are the result and the rates only an indication.
"""
