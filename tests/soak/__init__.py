"""How does NEXUS live through a long time in which everything around it fails now and then?"""
