"""
Trayecto: the drawn customer journey and the real one, as one thing.

Read `trayecto.flow` first: it tells the whole story in short functions.
"""

__version__ = "0.1.0"
