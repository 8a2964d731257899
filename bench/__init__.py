"""The numbers of Ortaq: ``python -m bench`` prints what this machine reaches beside what the design asks for."""
