"""The thirteen published networks, a file for each paper, in the order of the years."""

from core.training.papers.jaramillo import JARAMILLO
from core.training.papers.neamtiu import NEAMTIU
from core.training.papers.sharmila import SHARMILA
from core.training.papers.surya import SURYA
from core.training.papers.trejo import TREJO

PAPERS = (*TREJO, *SURYA, *NEAMTIU, *JARAMILLO, *SHARMILA)
