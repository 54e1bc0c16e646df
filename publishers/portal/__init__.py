"""The portal: pages that any file server can show, of every publisher, table and figure of a release."""

from publishers.portal.site import write, write_index

__all__ = ["write", "write_index"]
