"""What Python is told and the system asked before any module of Qt is imported."""
