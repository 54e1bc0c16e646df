"""A release on a CKAN portal, through its action API."""
