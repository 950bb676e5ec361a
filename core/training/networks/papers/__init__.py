"""The thirteen published networks, a file for each paper, in the order of the years."""

from core.training.networks.papers.jaramillo import JARAMILLO
from core.training.networks.papers.neamtiu import NEAMTIU
from core.training.networks.papers.sharmila import SHARMILA
from core.training.networks.papers.surya import SURYA
from core.training.networks.papers.trejo import TREJO

PAPERS = (*TREJO, *SURYA, *NEAMTIU, *JARAMILLO, *SHARMILA)
