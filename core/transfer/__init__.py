"""Taking products, channels, templates, automations and settings in and out as one JSON or YAML document."""
