"""What may come of a year: many draws of the volumes, settled and divided under each agreement (methods §7-8)."""
