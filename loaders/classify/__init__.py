"""What each award is: who buys, who is paid and from where controlled, what is bought, through which channel."""
