"""The records that all rooms speak in, the contract that users build on, and how Dutch documents write amounts."""
