"""Pages of the installation: the site administrator's work and the living page of components."""
