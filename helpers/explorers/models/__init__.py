"""What explorers compute and remember; nothing here knows a widget."""
