"""What people do here, one verb a function. No HTTP request, form or template is seen in this folder."""
