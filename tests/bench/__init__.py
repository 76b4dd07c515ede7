"""How fast is NEXUS, on this machine, against what its database can do at best?"""
