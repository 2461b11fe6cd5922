"""What the process serves beside the pages."""
